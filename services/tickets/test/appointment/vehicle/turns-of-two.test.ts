import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { expect } from 'chai';
import { createBookTurn, type BookedTurn } from '../../../src/appointment/booking/book-turn.js';
import { createDiaryLines } from '../../../src/appointment/booking/diary-lines.js';
import type { Planner, Question } from '../../../src/appointment/booking/planner.js';

const AT = { from: 0, to: 60_000 };
const candidate = { diary: 'elena', rank: 0 };
const question: Question = {
  tenantId: 'default',
  caller: undefined,
  candidates: [candidate],
  wanted: { type: 'ONSITE_VISIT', minutes: 1 },
  vehicle: { id: 'van', canBeLeft: false },
  named: true,
  now: new Date(0),
};

/** Diaries that are always free; `taken` holds the highest number of each. */
const createFreeDiaries = () => {
  const taken = new Map<string, number>();
  const planner = { judge: () => Promise.resolve([{ candidate, refusal: undefined, vehicleTaken: false, visits: 0 }]) };
  const turns = { next: (_tenant: string, diary: string) => Promise.resolve(`${diary}:${String((taken.get(diary) ?? 0) + 1)}`) };
  const bookTurn = createBookTurn({ planner: planner as unknown as Planner, turns, lines: createDiaryLines() });
  const written: string[][] = [];
  const write = (place: BookedTurn): Promise<void> => {
    for (const turn of place.turns) {
      const [diary = '', number] = turn.split(':');
      if (Number(number) <= (taken.get(diary) ?? 0)) throw new DuplicateKeyError('appointments', ['turns']);
    }
    for (const turn of place.turns) taken.set(turn.split(':')[0] ?? '', Number(turn.split(':')[1]));
    written.push([...place.turns]);
    return Promise.resolve();
  };
  return { taken, bookTurn, write, written };
};

describe('a booking in two diaries', () => {
  it('when it is written, then one write has a turn in both', async () => {
    const { bookTurn, write, written } = createFreeDiaries();
    await bookTurn(question, AT, write);
    expect(written).to.deep.equal([['elena:1', 'vehicle-van:1']]);
  });

  it('when it dies before its write, then nothing is taken and the next one has both turns', async () => {
    const { bookTurn, write, written } = createFreeDiaries();
    let failure: unknown;
    await bookTurn(question, AT, () => Promise.reject(new Error('killed'))).catch((error: unknown) => (failure = error));
    expect(failure).to.be.instanceOf(Error).with.property('message', 'killed');
    await bookTurn(question, AT, write);
    expect(written).to.deep.equal([['elena:1', 'vehicle-van:1']]);
  });

  for (const diary of ['elena', 'vehicle-van'])
    it(`when another instance took a turn of ${diary} meanwhile, then it looks again and takes the next`, async () => {
      const { taken, bookTurn, write, written } = createFreeDiaries();
      let lost = false;
      await bookTurn(question, AT, (place) => {
        if (!lost) taken.set(diary, 1);
        lost = true;
        return write(place);
      });
      expect(written[0]).to.include(`${diary}:2`);
    });
});

describe('lines of diaries', () => {
  it('when two wait for each other in opposite order, then both come to their turn', async () => {
    const lines = createDiaryLines();
    const done: string[] = [];
    const run = (name: string, diaries: readonly string[]) =>
      lines.run('default', diaries, async () => {
        await Promise.resolve();
        done.push(name);
      });
    await Promise.all([run('a', ['x', 'y']), run('b', ['y', 'x']), run('c', ['y']), run('d', ['x', 'y', 'x'])]);
    expect(done).to.have.members(['a', 'b', 'c', 'd']);
  });
});
