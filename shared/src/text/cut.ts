const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The beginning of a text, `most` UTF-16 units long at most, as limits of fields count. It ends between two characters as
 * people see them: `cut('👩‍🔧 ok', 4)` is empty, because the first character alone takes five units.
 */
export const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  let end = 0;
  // Whether a character ends at `most` depends on the next code point and on nothing behind it. Segmenting a text of 1 MB would take seconds.
  for (const { index, segment } of graphemes.segment(text.slice(0, most + 2))) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
};
