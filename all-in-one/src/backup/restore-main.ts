import { runCommand } from './commands.js';

process.exitCode = await runCommand('restore', process.argv.slice(2));
