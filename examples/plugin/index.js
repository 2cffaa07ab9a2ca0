import { serviceCrossesTeams } from './rules/service-crosses-teams.js';

/** @type {import('kubeplumb').Plugin} */
export default {
  name: 'example',
  rules: [serviceCrossesTeams],
};
