import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { TOPOLOGY } from '../../src/contracts/topology.js';

const MAIN = fileURLToPath(new URL('../../src/composition/broker-users/main.js', import.meta.url));
const SERVICES = Object.keys(TOPOLOGY);
const PASSWORDS = Object.fromEntries(SERVICES.map((name) => [`AMQP_PASSWORD_${name.toUpperCase()}`, `a long password of ${name}`]));

interface Definitions {
  readonly users: readonly { readonly name: string; readonly password_hash: string }[];
  readonly queues: readonly { readonly name: string }[];
}

describe('the process that makes the users of the broker', () => {
  let api: Server;
  let status: number;
  let received: { readonly request: string; readonly authorization?: string; readonly body: string } | undefined;
  beforeEach(async () => {
    [status, received] = [204, undefined];
    api = createServer((request, response) => {
      void text(request).then((body) => {
        const { authorization } = request.headers;
        received = { request: `${request.method} ${request.url}`, authorization, body };
        response.writeHead(status).end('what the broker says');
      });
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => api.close());

  const start = async (): Promise<{ readonly code: number; readonly output: string }> => {
    const { port } = api.address() as AddressInfo;
    const env = { ...PASSWORDS, BROKER_API_URL: `http://riparo:s%3Acret@127.0.0.1:${port}` };
    return promisify(execFile)(process.execPath, [MAIN], { env }).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      (failure: unknown) => {
        const { code, stdout } = failure as { code: number; stdout: string };
        return { code, output: stdout };
      },
    );
  };

  it('when the broker takes the definitions, then it ends well and shows no password', async () => {
    const { code, output } = await start();
    expect(code).to.equal(0);
    expect(received?.request).to.equal('POST /api/definitions');
    expect(received?.authorization).to.equal(`Basic ${Buffer.from('riparo:s:cret').toString('base64')}`);
    const { users, queues } = JSON.parse(received?.body ?? '') as Definitions;
    expect(users.map(({ name }) => name)).to.have.members(SERVICES);
    expect(queues).to.have.length(2 * SERVICES.length);
    expect(`${output}${received?.body}`).to.not.contain('a long password').and.not.contain('s:cret');
  });

  it('when the broker refuses, then it ends with a fault and the words of the broker', async () => {
    status = 401;
    const { code, output } = await start();
    expect(code).to.equal(1);
    expect(output).to.contain('401: what the broker says').and.not.contain('cret@');
  });
});
