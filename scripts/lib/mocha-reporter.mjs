import { appendFileSync } from 'node:fs';
import mocha from 'mocha';

const describe = (test) => ({ title: test.fullTitle(), error: test.err?.stack ?? String(test.err) });

/**
 * Mocha's own `spec` output, and one line of JSON at the end of the file that `reporter-option` `counts` names, for
 * scripts/test.mjs: how many passed, failed and were skipped, and of each failure its `{ title, error }`.
 */
export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { counts } = options.reporterOptions ?? {};
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats;
      const failed = this.failures.map(describe);
      if (counts) appendFileSync(counts, `${JSON.stringify({ passes, failures, pending, failed })}\n`);
    });
  }
}
