/** The file of rules that was opened in the system and waits to be looked at in the rules view. Kept until it was. */
import { create } from 'zustand';

export type RuleFileText = { readonly name: string; readonly text: string };

export const useOpenedRules = create<{ readonly file: RuleFileText | null }>(() => ({ file: null }));

export const setOpenedRules = (file: RuleFileText | null): void => useOpenedRules.setState({ file });
