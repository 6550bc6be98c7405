import { ROLES } from '@riparo/shared/contracts/roles';
import { instant, line, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { CHANNELS } from '../notification/notification.js';
import { LOCALES } from '../template/template.js';
import { AUDIENCES, type AnnouncementInput, type AudienceFilter } from './announcement.js';

const MAX_NAMED = 100;
const CITY = 100;

const some = (item: Joi.Schema, max: number): Joi.ArraySchema => Joi.array().items(item).min(1).max(max).unique();

const filter = Joi.object<AudienceFilter>({
  customerIds: some(uuid(), MAX_NAMED).description('People of these customers; of one without an account its contact.'),
  userIds: some(uuid(), MAX_NAMED),
  cities: some(line(CITY), MAX_NAMED).description("Of the customer's address; case and accents make no difference."),
  locales: some(oneOf(LOCALES), LOCALES.length).description('The language in which they are written to.'),
  roles: some(oneOf(ROLES), ROLES.length),
})
  .min(1)
  .description('Whoever is reached meets all of it.');

export const announcementSchema = Joi.object<AnnouncementInput>({
  audience: oneOf(AUDIENCES).required(),
  filter,
  subject: line(200).required(),
  body: paragraph(20_000).required().description('Plain text; a blank line begins a paragraph.'),
  channels: some(oneOf(CHANNELS), CHANNELS.length).required(),
  sendAt: instant().description('Missing or past: at once.'),
});
