declare module 'subset-font' {
  interface Options {
    readonly targetFormat: 'truetype';
    readonly keepAllGlyphs: true;
    readonly variationAxes?: Readonly<Record<string, number>>;
  }
  /** Reads a font of any format and writes it as TrueType, with its variable axes pinned. */
  const subsetFont: (font: Buffer, text: undefined, options: Options) => Promise<Buffer>;
  // eslint-disable-next-line no-restricted-syntax -- that is how the library exports it
  export default subsetFont;
}
