import { inflateSync } from 'node:zlib';

/** A PDF's objects by number, as the characters of their bytes. */
const objectsOf = (pdf: string): ReadonlyMap<string, string> =>
  new Map([...pdf.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [id, body]));

const streamOf = (object = ''): string => {
  const [, bytes = ''] = /stream\n([\s\S]*)\nendstream/.exec(object) ?? [];
  return object.includes('FlateDecode') ? inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1') : bytes;
};

const fromHex = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** What a font's glyphs stand for (PDF 32000-1, 9.10.3), as pdfkit writes it: ranges with a list of targets. */
const glyphsOf = (cmap: string): ReadonlyMap<number, string> => {
  const ranges = cmap.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g);
  return new Map(
    [...ranges].flatMap(([, first = '', targets = '']) =>
      [...targets.matchAll(/<([^>]*)>/g)].map(
        ([, hex = ''], index) => [parseInt(first, 16) + index, fromHex(hex.replace(/\s/g, ''))] as const,
      ),
    ),
  );
};

const shown = (glyphs: ReadonlyMap<number, string>, hex: string): string =>
  (hex.match(/.{4}/g) ?? []).map((code) => glyphs.get(parseInt(code, 16)) ?? '\uFFFD').join('');

/** The text of a PDF that pdfkit has made, page by page, line by line as it was placed. */
export const pdfText = (bytes: Buffer): readonly string[] => {
  const objects = objectsOf(bytes.toString('latin1'));
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  for (const body of objects.values())
    for (const [, name = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const cmapId = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1] ?? '';
      fonts.set(name, glyphsOf(streamOf(objects.get(cmapId))));
    }
  const pages = [...objects.values()].filter((body) => body.includes('/Type /Page\n'));
  return pages.map((page) => {
    const content = streamOf(objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? ''));
    let font = '';
    const lines: string[] = [];
    for (const [, name, array] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name !== undefined) font = name;
      else
        lines.push([...(array ?? '').matchAll(/<([0-9a-f]+)>/g)].map(([, hex = '']) => shown(fonts.get(font) ?? new Map(), hex)).join(''));
    }
    return lines.join('\n');
  });
};
