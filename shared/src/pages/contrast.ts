const WHITE = '#ffffff';
const BLACK = '#000000';

/** A channel of sRGB, 0 to 255, as its share of light: WCAG 2.2, "relative luminance". */
const light = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminanceOf = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => light(Number.parseInt(colour.slice(at, at + 2), 16)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrastOf = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].sort((first, second) => first - second);
  return (lighter + 0.05) / (darker + 0.05);
};

/** What WCAG 2.2 asks of small text (AA). One of white and black has it on every colour. */
const READABLE = 4.5;

/** White or black, whichever is readable on a `#rrggbb`. */
export const textOn = (colour: string): string => (contrastOf(WHITE, colour) >= READABLE ? WHITE : BLACK);
