declare module 'linebreak' {
  /** Where a line may end (UAX 14), from the beginning of the text to its end. */
  // eslint-disable-next-line no-restricted-syntax -- that is how the library exports it
  export default class LineBreaker {
    constructor(text: string);
    nextBreak(): { readonly position: number } | null;
  }
}
