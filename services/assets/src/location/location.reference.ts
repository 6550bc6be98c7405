import { fields, nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { count } from '@riparo/shared/http/reference/answer-fields';
import { joinProblems, type ProblemMembers } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { FOR_CUSTOMER, OF_CUSTOMER } from '../owner.reference.js';
import { locationAnswer } from './location.answer.js';

const LOCATIONS: Tag = { name: 'Locations', about: 'Where the devices of customers are.' };

const MEMBERS: ProblemMembers = {
  LOCATION_IN_USE: fields({ assetCount: count() }),
  LOCATION_LIMIT_REACHED: fields({ limit: count() }),
};

export const LOCATION_OPERATIONS = operations(
  LOCATIONS,
  {
    listLocations: { answer: pageOf(locationAnswer), problems: OF_CUSTOMER },
    createLocation: { answer: one(locationAnswer), problems: joinProblems(FOR_CUSTOMER, { 409: ['LOCATION_LIMIT_REACHED'] }) },
    getLocation: { answer: one(locationAnswer) },
    updateLocation: { answer: one(locationAnswer), problems: { 409: ['PRIMARY_LOCATION_REQUIRED'] } },
    removeLocation: { answer: nothing, problems: { 409: ['LOCATION_IN_USE'] } },
  },
  MEMBERS,
);
