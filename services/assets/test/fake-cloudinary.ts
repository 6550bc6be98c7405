import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const SECRET = 'a-secret';

export interface FakeCloudinary {
  /** As `CLOUDINARY_URL`. */
  readonly url: string;
  /** What lies there, by public id. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** While true every request is answered with 500. */
  broken: boolean;
  stop(): Promise<void>;
}

/** Their rule: the parameters in order, then the secret, hashed; some are left out. */
const signatureOf = (params: ReadonlyMap<string, string>): string => {
  const signed = [...params].filter(([name]) => !['file', 'signature', 'api_key', 'resource_type', 'cloud_name'].includes(name)).sort();
  return createHash('sha1')
    .update(signed.map((pair) => pair.join('=')).join('&') + SECRET)
    .digest('hex');
};

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

interface FormPart {
  readonly name: string;
  readonly filename?: string | undefined;
  readonly content: Buffer;
}

/** The parts of a multipart body (RFC 7578); latin1 keeps every byte apart. */
const formParts = (body: Buffer, contentType: string): readonly FormPart[] => {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1] ?? '';
  return body
    .toString('latin1')
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n');
      const content = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1');
      return { name: /name="([^"]*)"/.exec(head)?.[1] ?? '', filename: /filename="([^"]*)"/.exec(head)?.[1], content };
    });
};

interface Asked {
  readonly action: string;
  readonly params: ReadonlyMap<string, string>;
  readonly file?: Buffer;
}

const parse = async (request: IncomingMessage): Promise<Asked> => {
  const url = new URL(request.url ?? '/', 'http://fake');
  const action = url.pathname.split('/').at(-1) ?? '';
  const body = await read(request);
  const contentType = request.headers['content-type'] ?? '';
  if (request.method === 'GET') return { action, params: new Map(url.searchParams) };
  if (!contentType.startsWith('multipart/')) return { action, params: new Map(new URLSearchParams(body.toString())) };
  const params = new Map<string, string>();
  let file: Buffer | undefined;
  for (const { name, filename, content } of formParts(body, contentType)) {
    if (filename === undefined) params.set(name, content.toString());
    else file = content;
  }
  return { action, params, ...(file === undefined ? {} : { file }) };
};

/** As much of Cloudinary's API as the store of photos uses; it refuses what is not signed or not private. */
export const startFakeCloudinary = async (): Promise<FakeCloudinary> => {
  const files = new Map<string, Buffer>();
  const state = { broken: false };

  const answer = ({ action, params, file }: Asked): readonly [status: number, body: object | Buffer] => {
    if (state.broken) return [500, { error: { message: 'broken' } }];
    if (params.get('signature') !== signatureOf(params)) return [401, { error: { message: 'Invalid Signature' } }];
    if (params.get('type') !== 'authenticated') return [400, { error: { message: 'not private' } }];
    const id = params.get('public_id') ?? '';
    if (action === 'destroy') return [200, { result: files.delete(id) ? 'ok' : 'not found' }];
    if (action === 'download') return [files.has(id) ? 200 : 404, files.get(id) ?? {}];
    if (file !== undefined) files.set(id, file);
    return [200, { public_id: id }];
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [status, body] = answer(await parse(request));
    response.writeHead(status, { 'content-type': Buffer.isBuffer(body) ? 'image/jpeg' : 'application/json' });
    response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const prefix = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `cloudinary://a-key:${SECRET}@demo?upload_prefix=${encodeURIComponent(prefix)}`,
    files,
    get broken() {
      return state.broken;
    },
    set broken(value) {
      state.broken = value;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
