import { nothing } from '@riparo/shared/http/reference/answer';
import { operations } from '@riparo/shared/http/route';
import { NOTIFICATIONS } from '../notification/notification.reference.js';

const SIGNED = { answer: nothing, problems: { 400: ['SIGNATURE_NOT_VALID'] }, unversioned: true };

export const SMS_OPERATIONS = operations(NOTIFICATIONS, { receiveSmsStatus: SIGNED, receiveSms: SIGNED });
