/** One thing that was looked at. */
export interface Finding {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly what: string;
  /** What to do; nothing where all is well. */
  readonly todo?: string;
}

export const ok = (what: string): Finding => ({ status: 'ok', what });
export const warn = (what: string, todo: string): Finding => ({ status: 'warn', what, todo });
export const fail = (what: string, todo: string): Finding => ({ status: 'fail', what, todo });

/** `fail  the disk is full — make room`. */
export const lineOf = ({ status, what, todo }: Finding): string => `${status.padEnd(4)}  ${what}${todo === undefined ? '' : ` — ${todo}`}`;
