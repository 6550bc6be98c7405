import type { Route } from '../http/route.js';
import { createAnswerCheck, type AnswerCheck } from './check-answer.js';

/** By the text of the document: services with the same routes have the same one. */
const checks = new Map<string, AnswerCheck>();

/** The check against the reference of the server itself. */
export const readCheck = async (baseUrl: string): Promise<AnswerCheck> => {
  const text = await (await fetch(`${baseUrl}/openapi.json`)).text();
  const known = checks.get(text) ?? createAnswerCheck(text);
  checks.set(text, known);
  return known;
};

const INPUTS = ['body', 'query', 'params'] as const;

/** Whether the reference says the same of both: they have the very same schemas and descriptions, only what they do may differ. */
const areAlike = (one: Route, other: Route): boolean => {
  const { handle: _one, input, ...described } = one;
  const { handle: _other, input: otherInput, ...otherDescribed } = other;
  const keys = new Set([...Object.keys(described), ...Object.keys(otherDescribed)]) as Set<keyof typeof described>;
  return INPUTS.every((place) => input[place] === otherInput[place]) && [...keys].every((key) => described[key] === otherDescribed[key]);
};

const read: { readonly routes: readonly Route[]; readonly check: AnswerCheck }[] = [];

/** As `readCheck`. A server whose routes say the same as those of one before is not asked: to generate the reference takes its time. */
export const checkOfRoutes =
  (routes: readonly Route[]) =>
  async (baseUrl: string): Promise<AnswerCheck> => {
    const isAlike = (known: readonly Route[]): boolean =>
      known.length === routes.length && routes.every((route, index) => areAlike(route, known[index]!));
    const known = read.find((one) => isAlike(one.routes));
    if (known !== undefined) return known.check;
    const check = await readCheck(baseUrl);
    read.push({ routes, check });
    return check;
  };

let system: AnswerCheck | undefined;

/** As `readCheck`, for whole installations: they are of the same sources, so what the first one's reference says is said by all. */
export const checkOfSystem = async (baseUrl: string): Promise<AnswerCheck> => (system ??= await readCheck(baseUrl));
