import type { FilePart } from '@riparo/shared/files/file-store';
import type { Reply } from '@riparo/shared/http/route';
import { photoNotFound } from './photo.errors.js';

/** The picture, so that a browser shows it and runs nothing; 404 where there is none. */
export const pictureReply = (picture: FilePart | undefined): Reply => {
  if (picture === undefined) throw photoNotFound();
  const headers = {
    'Content-Type': picture.contentType,
    'Content-Disposition': 'inline',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  };
  return { status: 200, body: picture.bytes, headers };
};
