import { appendFileSync } from 'node:fs';
import mocha from 'mocha';

/**
 * Mocha's own `spec` output, and one line of JSON with the counts at the end of the file that `reporter-option`
 * `counts` names, for scripts/test.mjs to add up.
 */
export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { counts } = options.reporterOptions ?? {};
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats;
      if (counts) appendFileSync(counts, `${JSON.stringify({ passes, failures, pending })}\n`);
    });
  }
}
