import { SKILLS, WEEKDAYS, type Availability, type TimeInterval } from '@riparo/shared/contracts/enums';
import { line, oneOf, phone } from '@riparo/shared/http/schemas';
import Joi from 'joi';

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const TIME_OR_MIDNIGHT = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const CLOCK = { 'string.pattern.base': 'must be a time such as 09:30' };

/** `end` is later than `start`, so an interval never passes midnight. */
export const interval = Joi.object<TimeInterval>({
  start: Joi.string().pattern(TIME).required().messages(CLOCK),
  end: Joi.string()
    .pattern(TIME_OR_MIDNIGHT)
    .required()
    .messages(CLOCK)
    .custom((end: string, helpers) => {
      const { start } = (helpers.state.ancestors as [{ start?: unknown }])[0];
      return typeof start === 'string' && end <= start ? helpers.message({ custom: 'must be later than start' }) : end;
    }),
});

/** Several intervals of one day, sorted and apart. */
export const intervals = Joi.array<readonly TimeInterval[]>()
  .items(interval)
  .max(12)
  .custom((list: readonly TimeInterval[], helpers) => {
    const touching = list.some(({ start }, index) => index > 0 && start < (list[index - 1]?.end ?? ''));
    return touching ? helpers.message({ custom: 'must be in order and must not overlap' }) : list;
  });

export const availability = Joi.object<Availability>(
  Object.fromEntries(WEEKDAYS.map((day) => [day, Joi.alternatives(interval, intervals)])),
);

/** The name of a language as mail templates know it: `en`, `it-IT`. */
export const locale = (): Joi.StringSchema =>
  Joi.string()
    .pattern(/^[a-z]{2,3}(?:-[A-Z]{2})?$/)
    .messages({ 'string.pattern.base': 'must be a language such as en or it-IT' });

export const personFields = { name: line().required(), phone: phone(), locale: locale() };

export const technicianFields = {
  skills: Joi.array().items(oneOf(SKILLS)).unique().max(SKILLS.length),
  certifications: Joi.array().items(line()).unique().max(50),
  defaultRegion: line(100),
  availability,
};

const optional = (schema: Joi.Schema): Joi.Schema => schema.optional().allow(null);

/** For PATCH: what is left out stays, `null` takes it away; a name can only be changed. */
export const profileChanges = {
  name: line(),
  phone: optional(phone()),
  locale: optional(locale()),
  skills: technicianFields.skills,
  certifications: technicianFields.certifications,
  defaultRegion: optional(technicianFields.defaultRegion),
  availability: optional(availability),
};
