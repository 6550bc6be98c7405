import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { claimPorts } from '@riparo/shared/testing/claim-ports';
import { expect } from 'chai';
import { createInstallation, type Installation } from './installation.js';

const ROOT = new URL('../../../', import.meta.url);
const TOUR = /<!-- tour -->\n```sh\n(.*?)\n```/gs;

/** Where tours stand, and what each shows to be refused. */
const TOURS = {
  'README.md': ['VALIDATION_FAILED'],
  'docs/tour.md': ['APPOINTMENT_SLOT_TAKEN', 'REGISTRATION_PENDING', 'REPAIR_NOT_PAID', 'VALIDATION_FAILED'],
};

/** Every answer is also written to `answers`, one a line, and every command that fails is named. */
const watching = `
set -o pipefail
curl() { command curl "$@" | tee -a answers; local ended=$?; echo >> answers; return $ended; }
trap 'echo "failed: $BASH_COMMAND" >&2' ERR
`;

describe('tours by curl', function () {
  this.timeout(120_000);
  let installation: Installation;
  let folder: string;
  let port: number;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'riparo-tour-'));
    installation = await createInstallation();
    // Links in mails name the port.
    const free = await claimPorts(1);
    port = await installation.start({ PORT: String(free), ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: 'correct-horse-42' });
  });
  afterEach(async () => {
    await installation.remove();
    await rm(folder, { recursive: true });
  });

  for (const [page, refusals] of Object.entries(TOURS))
    it(`when the commands of ${page} run as they stand, then all of them work and only what it says is refused`, async () => {
      const blocks = [...(await readFile(new URL(page, ROOT), 'utf8')).matchAll(TOUR)].map(([, block = '']) => block);
      expect(blocks).to.have.length.greaterThan(4);
      const script = [watching, ...blocks].join('\n\n').replaceAll('localhost:8080', `localhost:${port}`);
      const { stderr } = await promisify(execFile)('bash', ['-c', script], { cwd: folder, maxBuffer: 50_000_000 });
      expect(stderr).to.equal('');
      const answers = await readFile(join(folder, 'answers'), 'utf8');
      const refused = [...answers.matchAll(/"type":"\/problems\/[^}]*?"code":"([A-Z_]+)"/g)].map(([, code]) => code);
      expect([...new Set(refused)].sort()).to.deep.equal(refusals);
      expect(answers.match(/"data":/g) ?? []).to.have.length.greaterThan(blocks.length);
    });
});
