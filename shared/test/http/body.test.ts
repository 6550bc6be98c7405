import { Readable } from 'node:stream';
import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import type { Request, Response } from 'express';
import { createJsonReader } from '../../src/http/body.js';

const TIMES = 6;

/** A request whose body has arrived as a whole. */
const arrived = (body: Buffer, type = 'application/json'): Request =>
  Object.assign(Readable.from([body], { objectMode: false }), {
    headers: { 'content-type': type, 'content-length': String(body.length) },
    is: () => type,
  }) as unknown as Request;

/** Reads as many bodies at once and tells in which turn of the event loop each was there. */
const turnsOf = async (size: number): Promise<number[]> => {
  let turn = 0;
  let stopped = false;
  const count = (): void => {
    turn++;
    if (!stopped) setImmediate(count);
  };
  setImmediate(count);
  const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(size) }));
  const room = { need: () => undefined };
  const turns = await Promise.all(
    Array.from({ length: TIMES }, async () => {
      // Each route has a reader of its own.
      const read = createJsonReader();
      await read(arrived(body), new EventEmitter() as unknown as Response, () => room as unknown as ReturnType<Parameters<typeof read>[2]>);
      return turn;
    }),
  );
  stopped = true;
  return turns;
};

describe('JSON bodies', () => {
  it('when large ones arrive at once, then each is parsed in a turn of its own', async () => {
    expect(new Set(await turnsOf(100_000)).size).to.equal(TIMES);
  });

  it('when small ones arrive at once, then none waits for another', async () => {
    expect(new Set(await turnsOf(100)).size).to.equal(1);
  });

  it('when a body says that it is UTF-16, then it is read as that', async () => {
    const read = createJsonReader();
    const request = arrived(Buffer.from('{"a":"ü"}', 'utf16le'), 'application/json; charset=UTF-16LE');
    expect(
      await read(request, new EventEmitter() as unknown as Response, () => {
        throw new Error('it is small');
      }),
    ).to.deep.equal({ a: 'ü' });
  });
});
