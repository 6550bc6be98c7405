import { bytes } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';

const FRONT_PAGE: Tag = { name: 'Start page', about: 'What whoever opens the address itself gets.' };

export const FRONT_PAGE_OPERATIONS = operations(FRONT_PAGE, { getFrontPage: { answer: bytes(['text/html']) } });
