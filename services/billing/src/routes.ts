import type { Route } from '@riparo/shared/http/route';
import type { Dependencies } from './dependencies.js';

/** Every endpoint of this service. */
export const routes = (_deps: Dependencies): readonly Route[] => [];
