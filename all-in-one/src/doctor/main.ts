import { parseArgs } from 'node:util';
import { systemClock } from '@riparo/shared/runtime/clock';
import { read } from './config.js';
import { examine } from './doctor.js';
import { lineOf } from './finding.js';

const { json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values;
const configured = read();
const findings = await examine(configured, systemClock.now());
const failed = findings.some(({ status }) => status === 'fail');
const text = json ? JSON.stringify({ ok: !failed, findings }, null, 2) : findings.map(lineOf).join('\n');
// Words of others may quote what was set: a mail server, a driver.
const shown = configured.secrets.reduce((words, secret) => words.replaceAll(secret, '[hidden]'), text);
process.stdout.write(`${shown}\n`);
process.exitCode = failed ? 1 : 0;
