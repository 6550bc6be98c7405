import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends these bytes and reads until the other side closes or has been silent for a while. */
export const rawRequest = async (url: string, text: string): Promise<string> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  // What is refused early may be reset while it is still being sent.
  socket.on('error', () => undefined);
  socket.setTimeout(3_000, () => socket.destroy());
  socket.write(text);
  await once(socket, 'close');
  return answer;
};

/** The status lines of everything that was answered on the connection. */
export const statusesOf = (answer: string): readonly number[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
