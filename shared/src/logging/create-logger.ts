import { pino, stdTimeFunctions, type DestinationStream, type Level, type Logger } from 'pino';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const satisfies readonly (Level | 'silent')[];

export interface LoggerOptions {
  /** Name of the process or service, on every line. */
  readonly name: string;
  readonly level?: (typeof LOG_LEVELS)[number];
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'newPassword',
  'currentPassword',
  'devicePassword',
  'token',
  'refreshToken',
  'approvalToken',
  'secret',
];

/** Paths of secrets in a logged object: at the top, or one or two levels down. */
const REDACTED = SECRETS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]).concat(
  'req.headers["set-cookie"]',
  'res.headers["set-cookie"]',
);

/** Writes JSON lines to standard output, with secrets redacted. Formatting is left to the tool that reads the lines. */
export const createLogger = ({ name, level = 'info', destination }: LoggerOptions): Logger => {
  const options = {
    name,
    level,
    base: { pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: REDACTED, censor: '[redacted]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
};
