import { view } from '@riparo/shared/http/reference/answer';
import { count, id, moment, text } from '@riparo/shared/http/reference/answer-fields';

export const photoAnswer = view('AssetPhoto', 'A photo of a device; its picture is at `/assets/{id}/photos/{photoId}`.', {
  id: id(),
  contentType: text().description('Media type; a HEIC photo is kept as JPEG.'),
  width: count().description('Pixels.'),
  height: count().description('Pixels.'),
  byteCount: count(),
  addedAt: moment(),
  addedByUserId: id(),
});
