import { expect } from 'chai';
import { createBatcher, type BatchEnd } from '../../src/concurrency/batcher.js';

interface Sent {
  readonly items: readonly number[];
  answer(ends: readonly BatchEnd<string>[]): void;
  fail(error: Error): void;
}

/** A batcher whose batches are answered by hand. */
const build = (limits: { readonly maxBatch?: number; readonly maxRunning?: number } = {}) => {
  const sent: Sent[] = [];
  const add = createBatcher<number, string>({
    ...limits,
    send: (items) => new Promise((resolve, reject) => sent.push({ items, answer: resolve, fail: reject })),
  });
  const batch = (index: number): Sent => {
    const found = sent[index];
    if (found === undefined) throw new Error(`there is no batch ${index}, only ${sent.length}`);
    return found;
  };
  const done = (index: number): void => batch(index).answer(batch(index).items.map((item) => ({ value: `did ${item}` })));
  return { add, batch, done, sizes: () => sent.map(({ items }) => items.length) };
};
const ended = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createBatcher', () => {
  it('when nobody is under way, then an item is sent at once and alone', async () => {
    const { add, done, sizes } = build();
    const first = add(1);
    expect(sizes()).to.deep.equal([1]);
    done(0);
    expect(await first).to.equal('did 1');
  });

  it('when others are under way, then what arrives travels together, in order, and each gets its own end', async () => {
    const { add, batch, done, sizes } = build({ maxRunning: 1 });
    const first = add(0);
    const rest = [1, 2, 3].map(add);
    expect(sizes()).to.deep.equal([1]);
    done(0);
    await first;
    await ended();
    expect(batch(1).items).to.deep.equal([1, 2, 3]);
    batch(1).answer([{ value: 'one' }, { error: new Error('two was refused') }, { value: 'three' }]);
    const ends = await Promise.allSettled(rest);
    expect(ends.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(ends[2]).to.deep.equal({ status: 'fulfilled', value: 'three' });
  });

  it('when more wait than a batch may hold, then the rest goes with the next one', async () => {
    const { add, done, sizes } = build({ maxRunning: 1, maxBatch: 2 });
    const all = [1, 2, 3, 4].map(add);
    done(0);
    await ended();
    done(1);
    await ended();
    done(2);
    await Promise.all(all);
    expect(sizes()).to.deep.equal([1, 2, 1]);
  });

  it('when a batch fails as a whole, then all of it fails and the next one is sent', async () => {
    const { add, batch, done } = build({ maxRunning: 1 });
    const first = add(1);
    const second = add(2);
    batch(0).fail(new Error('the line is down'));
    const failure = await first.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.an('error').with.property('message', 'the line is down');
    await ended();
    done(1);
    expect(await second).to.equal('did 2');
  });

  it('when results are missing, then what has none fails', async () => {
    const { add, batch } = build();
    const only = add(1);
    batch(0).answer([]);
    expect(
      await only.then(
        () => 'resolved',
        () => 'rejected',
      ),
    ).to.equal('rejected');
  });
});
