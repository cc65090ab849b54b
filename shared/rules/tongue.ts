/** All that the rule language says in one language: names of fields, pieces of sentences, what is wrong with a rule. */
import type { Language } from '../model/language.ts';
import { englishProblems } from './problem/english.ts';
import { germanProblems } from './problem/german.ts';
import type { ProblemWords } from './problem/words.ts';
import { english } from './sentence/english.ts';
import { german } from './sentence/german.ts';
import type { SentenceWords } from './sentence/words.ts';

export const sentences: Readonly<Record<Language, SentenceWords>> = { en: english, de: german };
export const problems: Readonly<Record<Language, ProblemWords>> = { en: englishProblems, de: germanProblems };
