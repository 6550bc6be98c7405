import { connect } from 'node:net';

/** Milliseconds of silence after which a side that has answered is taken to have said everything. */
const SILENCE_MS = 3_000;
/** A busy machine may take its time for the first word. */
const PATIENCE_MS = 30_000;

/** Sends these bytes and reads until the other side closes or has been silent for a while. */
export const rawRequest = async (url: string, text: string): Promise<string> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
    socket.setTimeout(SILENCE_MS);
  });
  // What is refused early may be reset while it is still being sent.
  socket.on('error', () => undefined);
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  socket.write(text);
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
};

/** The status lines of everything that was answered on the connection. */
export const statusesOf = (answer: string): readonly number[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
