import { createKeyedQueue } from '@riparo/shared/concurrency/keyed-queue';
import { expect } from 'chai';

describe('a queue of tasks by key', () => {
  it('when tasks of a key wait, then each runs alone, in order, and knows whether another follows', async () => {
    const queue = createKeyedQueue();
    const seen: string[] = [];
    const task = (name: string) => async (hasNext: () => boolean) => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends, ${hasNext() ? 'another follows' : 'the last'}`);
    };
    await Promise.all([queue.run('a', task('one')), queue.run('a', task('two'))]);
    await queue.run('a', task('three'));
    expect(seen).to.deep.equal([
      ...['one begins', 'one ends, another follows'],
      ...['two begins', 'two ends, the last'],
      ...['three begins', 'three ends, the last'],
    ]);
  });

  it('when a task fails, then its caller hears of it and the next one runs', async () => {
    const queue = createKeyedQueue();
    const failing = queue.run('a', () => Promise.reject(new Error('broken')));
    const next = queue.run('a', () => Promise.resolve('done'));
    expect(await failing.catch((error: unknown) => String(error))).to.equal('Error: broken');
    expect(await next).to.equal('done');
  });

  it('when keys differ, then tasks run side by side', async () => {
    const queue = createKeyedQueue();
    let open: (() => void) | undefined;
    const waiting = queue.run('a', () => new Promise<void>((resolve) => (open = resolve)));
    expect(await queue.run('b', (hasNext) => Promise.resolve(hasNext()))).to.equal(false);
    open?.();
    await waiting;
  });
});
