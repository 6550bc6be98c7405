/** The languages in which mails, pages and receipts are written. */
export type Language = 'en' | 'it';

/** How each language writes days, hours and money: English as in Europe (2 Mar 2026, 17:00), not as in America (Mar 2, 2026, 5:00 PM). */
export const REGIONS: Readonly<Record<Language, string>> = { en: 'en-GB', it: 'it-IT' };

export type TimeFormat = Pick<Intl.DateTimeFormatOptions, 'dateStyle' | 'timeStyle'>;

/** A moment with its hour, short enough for a column: 2 Mar 2026, 17:00. */
export const MOMENT: TimeFormat = { dateStyle: 'medium', timeStyle: 'short' };
/** A day alone, short enough for a column: 2 Mar 2026. */
export const DAY: TimeFormat = { dateStyle: 'medium' };
/** A day alone in full words: 2 March 2026. */
export const WORDED_DAY: TimeFormat = { dateStyle: 'long' };

/** A moment on the wall clock of a time zone, for people to read. Every mail, page and receipt writes its times with this function. */
export const writeTime = (at: Date, language: Language, timeZone: string, format: TimeFormat): string =>
  new Intl.DateTimeFormat(REGIONS[language], { ...format, timeZone }).format(at);

/** A whole day such as `2027-01-31`, for people to read. It is the same day in every time zone. */
export const writeDay = (day: string, language: Language, format: TimeFormat = DAY): string =>
  writeTime(new Date(`${day}T00:00:00Z`), language, 'UTC', format);
