declare module 'heic-decode' {
  interface HeicImage {
    /** In pixels, after the rotation that the camera noted; known before `decode`. */
    readonly width: number;
    readonly height: number;
    decode(): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>;
  }
  const decode: {
    all(input: { readonly buffer: Uint8Array }): Promise<readonly HeicImage[]>;
  };
  // eslint-disable-next-line no-restricted-syntax -- that is how the library exports it
  export default decode;
}
