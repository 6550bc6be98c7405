/** How many digits a currency has behind the point: 2 for EUR, 0 for JPY. */
const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** 1250 in EUR is `12.50`. */
export const toDecimal = (amount: number, currency: string): string => {
  const digits = digitsOf(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

/** A comma or a point before at most so many digits; the other of the two may stand between thousands. */
const patternOf = (digits: number): RegExp => {
  const [comma, point] = [',', '.'].map((sign) => `(?:[${sign}]\\d{1,${Math.max(digits, 1)}})`) as [string, string];
  if (digits === 0) return /^(?:\d+|\d{1,3}(?:[., ]\d{3})+)$/;
  return new RegExp(`^(?:\\d+(?:${comma}|${point})?|\\d{1,3}(?:[. ]\\d{3})+${comma}|\\d{1,3}(?:[, ]\\d{3})+${point})$`);
};

/**
 * Minor units of a price as people write it: `12,50`, `12.5`, `1.234,50` and `1,234.50`. `undefined` for anything else:
 * `1.234` may be a thousand or one and a bit.
 */
export const fromDecimal = (text: string, currency: string): number | undefined => {
  const digits = digitsOf(currency);
  if (!patternOf(digits).test(text)) return undefined;
  const end = digits === 0 ? -1 : (/[.,](?=\d+$)/.exec(text)?.index ?? -1);
  const whole = (end === -1 ? text : text.slice(0, end)).replace(/[., ]/g, '');
  const rest = end === -1 ? '' : text.slice(end + 1);
  return Number(whole + rest.padEnd(digits, '0'));
};
