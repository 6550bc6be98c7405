const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const box = (type: string, ...content: readonly Buffer[]): Buffer => {
  const payload = Buffer.concat(content);
  return Buffer.concat([u32(payload.length + 8), Buffer.from(type, 'latin1'), payload]);
};
const full = (type: string, version: number, ...content: readonly Buffer[]): Buffer =>
  box(type, Buffer.from([version, 0, 0, 0]), ...content);

export interface HeicParts {
  readonly picture?: string;
  readonly exif?: string;
  readonly xmp?: string;
  /** What stands beside the picture in a box of its own. */
  readonly beside?: string;
}

/** As much of a HEIC file as tells where its parts lie: a picture, Exif in the media data, XMP beside the item tables. */
export const buildHeic = ({
  picture = 'pixels',
  exif = 'Exif: a secret place',
  xmp = '<x:xmpmeta>a secret place</x:xmpmeta>',
  beside,
}: HeicParts = {}): Buffer => {
  const item = (id: number, type: string, ...more: readonly string[]): Buffer =>
    full('infe', 2, u16(id), u16(0), Buffer.from(`${type}\0${more.map((text) => `${text}\0`).join('')}`, 'latin1'));
  const start = box('ftyp', Buffer.from('heic\0\0\0\0heicmif1', 'latin1'));
  const meta = (mediaAt: number): Buffer => {
    const place = (id: number, method: number, offset: number, length: number): Buffer =>
      Buffer.concat([u16(id), u16(method), u16(0), u16(1), u32(offset), u32(length)]);
    return full(
      'meta',
      0,
      full('hdlr', 0, u32(0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)),
      full('iinf', 0, u16(3), item(1, 'hvc1'), item(2, 'Exif'), item(3, 'mime', '', 'application/rdf+xml')),
      full(
        'iloc',
        1,
        Buffer.from([0x44, 0x00]),
        u16(3),
        place(1, 0, mediaAt, picture.length),
        place(2, 0, mediaAt + picture.length, exif.length),
        place(3, 1, 0, xmp.length),
      ),
      box('idat', Buffer.from(xmp, 'latin1')),
    );
  };
  const mediaAt = start.length + meta(0).length + 8;
  return Buffer.concat([
    start,
    meta(mediaAt),
    box('mdat', Buffer.from(picture + exif, 'latin1')),
    ...(beside === undefined ? [] : [box('uuid', Buffer.from(beside, 'latin1'))]),
  ]);
};
