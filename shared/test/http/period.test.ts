import { expect } from 'chai';
import Joi from 'joi';
import { periodFields, rangeOf, withMoments, type AskedPeriod } from '../../src/http/period.js';

const read = (query: object): AskedPeriod => Joi.attempt<Joi.ObjectSchema<AskedPeriod>>(query, Joi.object<AskedPeriod>(periodFields()));
const iso = (query: object, zone: string): readonly (string | undefined)[] => {
  const { from, to } = withMoments(read(query), zone);
  return [from?.toISOString(), to?.toISOString()];
};

describe('periods of lists', () => {
  it('when days are given, then they begin on the wall clock of the zone', () => {
    const days = { from: '2026-11-28', to: '2026-11-29' };
    expect(iso(days, 'America/Los_Angeles')).to.deep.equal(['2026-11-28T08:00:00.000Z', '2026-11-29T08:00:00.000Z']);
    expect(iso(days, 'Europe/Rome')).to.deep.equal(['2026-11-27T23:00:00.000Z', '2026-11-28T23:00:00.000Z']);
  });

  it('when the clocks go forward at midnight, then the day begins with its first moment', () => {
    expect(iso({ from: '2026-04-24' }, 'Africa/Cairo')[0]).to.equal('2026-04-23T22:00:00.000Z');
  });

  it('when a moment is given, then it stays', () => {
    expect(iso({ from: '2026-11-28T10:00:00+01:00' }, 'America/Los_Angeles')).to.deep.equal(['2026-11-28T09:00:00.000Z', undefined]);
  });

  it('when it is no day or no moment, then it is refused', () => {
    for (const from of ['2026-02-30', '2026-11-28T10:00:00', 'yesterday', '1']) expect(() => read({ from }), from).to.throw();
  });

  it('when nothing limits it, then there is no condition', () => {
    expect(rangeOf({})).to.equal(undefined);
    const from = new Date(0);
    expect(rangeOf({ from })).to.deep.equal({ $gte: from });
  });
});
