import type { PickupTerms } from '@riparo/shared/contracts/centre-terms';
import type { Money } from '@riparo/shared/contracts/money';
import { writeMoney } from '@riparo/shared/text/write-money';
import type { Language } from '@riparo/shared/time/write-time';

interface Words {
  readonly days: (count: number) => string;
  readonly and: string;
  readonly collect: (days: string) => string;
  readonly reminders: (days: string) => string;
  readonly fee: (days: string, perDay: string, cap: string) => string;
  readonly end: (days: string) => string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    days: (count) => (count === 1 ? '1 day' : `${count} days`),
    and: ' and ',
    collect: (days) => `Please collect the device within ${days} after we tell you that it is ready.`,
    reminders: (days) => `We remind you after ${days}.`,
    fee: (days, perDay, cap) => `After ${days} storage costs ${perDay} a day, ${cap} at most.`,
    end: (days) => `If nobody collects it within ${days} after the last reminder, we may give the device up.`,
  },
  it: {
    days: (count) => (count === 1 ? '1 giorno' : `${count} giorni`),
    and: ' e ',
    collect: (days) => `Il dispositivo va ritirato entro ${days} da quando comunichiamo che è pronto.`,
    reminders: (days) => `Inviamo un promemoria dopo ${days}.`,
    fee: (days, perDay, cap) => `Dopo ${days} la custodia costa ${perDay} al giorno, al massimo ${cap}.`,
    end: (days) => `Se nessuno lo ritira entro ${days} dall’ultimo promemoria, il dispositivo può essere considerato abbandonato.`,
  },
};

/** `7, 30 and 60 days`. */
const listed = (numbers: readonly number[], { days, and }: Words): string => {
  const last = days(numbers.at(-1) ?? 0);
  return numbers.length < 2 ? last : `${numbers.slice(0, -1).join(', ')}${and}${last}`;
};

/** What was agreed about a device that nobody collects, as the receipt says it: only what applies. */
export const pickupWords = (terms: PickupTerms, { currency }: Money, language: Language): string => {
  const words = WORDS[language];
  const { daysToCollect, noticeDays, storageFeePerDay, storageFeeCap, daysAfterLastNotice } = terms;
  const written = (amount: number): string => writeMoney({ amount, currency }, language);
  const charges = storageFeePerDay > 0 && storageFeeCap > 0;
  return [
    words.collect(words.days(daysToCollect)),
    words.reminders(listed(noticeDays, words)),
    ...(charges ? [words.fee(words.days(daysToCollect), written(storageFeePerDay), written(storageFeeCap))] : []),
    words.end(words.days(daysAfterLastNotice)),
  ].join(' ');
};
