/**
 * Numbers that are nobody's: a date has the form of a telephone number, a version that of an address of the network, a
 * part number that of a postal code.
 */
const PATTERNS: readonly RegExp[] = [
  /(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}(?!\d)/g,
  /(?<![\d./-])\d{1,2}[./-]\d{1,2}[./-]\d{2}(?![\d./-])/g,
  /(?<!\d)(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?(?!\d)/g,
  /(?<![\p{L}\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\p{L}\d:])/gu,
  /\b0x[0-9a-f]+\b/gi,
  /\b(?:v|ver|versione?|version|build|release|rev|firmware|fw|bios|uefi|drivers?|kernel|patch|agent|ios|android|macos|java|chrome|firefox|office|dsm)[ .:]*[a-z]?\d+(?:[.-]\d+)*/gi,
  /\b(?:kb|cve|rfc|iso|err|error|errore|code|codice|event id|evento)[ :#-]*[a-z]?\d+(?:[.-]\d+)*/gi,
  /(?<![\p{L}\d])\d+(?:[.,]\d+)?\s?(?:gb|tb|mb|kb|ghz|mhz|khz|hz|rpm|mah|wh|mm|cm|ms|km|kg|px|dpi|mbps|gbps|mbit|gbit|euro|eur|ore|hours?|minuti|minutes?|pages?|pagine|copie|cycles?|cicli|h|v|w|a|%|€)(?![\p{L}\p{N}])/giu,
  /(?:€|\$|£)\s?\d+(?:[.,]\d+)*/g,
  /\b(?:p\/n|pn|part|fru|sku|parte|ricambio|articolo|cod\. art\.|modello|model|art\.)(?: ?(?:number|no\.?|n\.?|numero|code|codice))?[ :.#]*(?=[\w-]*\d)[\w-]+/gi,
];

/** Whether a stretch of this text touches something that is nobody's. */
export const harmlessIn = (text: string): ((start: number, end: number) => boolean) => {
  const found = PATTERNS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length] as const),
  );
  return (start, end) => found.some(([from, to]) => from < end && start < to);
};
