import { operations, type Tag } from '@riparo/shared/http/route';

const LOCATION_TAG: Tag = { name: 'Locations', about: 'Where customers and their devices are.' };

export const LOCATION_OPERATIONS = operations(LOCATION_TAG, {
  listLocations: {},
  createLocation: {},
  getLocation: {},
  updateLocation: {},
  removeLocation: {},
});
