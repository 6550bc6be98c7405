import { runCommand } from './commands.js';

process.exitCode = await runCommand('backup', process.argv.slice(2));
