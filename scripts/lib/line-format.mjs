/**
 * How the JSON lines of services are printed: `(line) => text`, its end of line included. People get the time, the level,
 * the service and the message; `LOG_FORMAT=json` leaves the lines as they are.
 *
 * pino-pretty is imported only here and only when it is called, because scripts are loaded before anything is installed.
 */
export const lineFormat = async ({ LOG_FORMAT }) => {
  if (LOG_FORMAT === 'json') return (line) => `${line}\n`;
  const { prettyFactory } = await import('pino-pretty');
  return prettyFactory({
    colorize: process.stdout.isTTY === true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname',
    singleLine: true,
  });
};
