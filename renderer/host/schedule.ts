/** What happens by itself, as several views show it: one question for all of them. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ScheduleState } from '../../shared/model/schedule.ts';
import { useAsk } from './ask.ts';
import type { Failure } from './failure.ts';

export function useSchedule(): UseQueryResult<ScheduleState, Failure> {
  return useAsk(['schedule', 'state'], (api) => api.schedule.state(), { refetchInterval: 3_000 });
}
