import type { Settings } from './settings.js';

export const settingsView = ({ id: _tenant, createdAt: _made, ...settings }: Settings) => settings;
