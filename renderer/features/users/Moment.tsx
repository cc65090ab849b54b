/** A time as a person reads it; the exact UTC and local time on hover and for programs. */
import type { ReactElement } from 'react';
import { ago, exactTime } from '../../ui/format.ts';

export function Moment(props: { readonly at: string | null }): ReactElement {
  if (props.at === null) return <span>–</span>;
  return (
    <time dateTime={props.at} title={exactTime(props.at)}>
      {ago(props.at)}
    </time>
  );
}
