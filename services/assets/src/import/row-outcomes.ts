import type { FieldFault } from '@riparo/shared/errors/domain-error';

/** What a planned row has become. */
export const DONE = { CREATE: 'CREATED', UPDATE: 'UPDATED', UNCHANGED: 'UNCHANGED', INVALID: 'INVALID' } as const;
/** What answers say became of a row. */
export const ROW_OUTCOMES = Object.values(DONE);

type Plan = { readonly row: number } & (
  { readonly outcome: 'INVALID'; readonly errors: readonly FieldFault[] } | { readonly outcome: Exclude<keyof typeof DONE, 'INVALID'> }
);

/** What a dry run says of a row. */
export const forecastOf = (plan: Plan) => ({
  row: plan.row,
  outcome: DONE[plan.outcome],
  errors: plan.outcome === 'INVALID' ? plan.errors : undefined,
});

export const summaryOf = (rows: readonly { readonly outcome: (typeof DONE)[keyof typeof DONE] }[]) => {
  const count = (outcome: (typeof DONE)[keyof typeof DONE]) => rows.filter((row) => row.outcome === outcome).length;
  return { created: count('CREATED'), updated: count('UPDATED'), unchanged: count('UNCHANGED'), invalid: count('INVALID') };
};
