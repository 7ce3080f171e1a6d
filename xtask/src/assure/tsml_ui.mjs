// tsml-ui's own loader reads our feed; what it makes of each record is compared with the record.
//
//     node tsml_ui.mjs CHECKOUT PACKAGES FEED
//
// Prints JSON: how many records, what is lost or wrong, and what tsml-ui cannot say by its own rules.

import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [checkout, packages, file] = process.argv.slice(2).map(path => resolve(path));
const { buildSync } = createRequire(join(packages, 'package.json'))('esbuild');

// The loader asks the browser for these.
globalThis.window = { location: new URL('http://localhost/') };
if (!globalThis.navigator) globalThis.navigator = {};
console.warn = () => {};

const bundle = join(packages, 'loader.mjs');
buildSync({
  stdin: {
    contents: `
      export { loadMeetingData } from './src/helpers/load-meeting-data';
      export { defaults } from './src/hooks/settings';
      export { en } from './src/i18n';`,
    resolveDir: checkout,
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  nodePaths: [join(packages, 'node_modules')],
  // Its own settings ask for emotion, which only pages need.
  jsx: 'automatic',
  tsconfigRaw: '{}',
  outfile: bundle,
  logLevel: 'error',
});
const { loadMeetingData, defaults, en } = await import(pathToFileURL(bundle));

const records = JSON.parse(readFileSync(file));
const load = settings => loadMeetingData(structuredClone(records), {}, settings, en).meetings;

// Our feed never has a join link; it names a page. tsml-ui takes a page for a way to join when the site that embeds it says so.
const pages = records.filter(record => record.conference_url);
const hosts = pages.map(record => [new URL(record.conference_url).host, 'How to join']);
const meetings = load({
  ...defaults,
  conference_providers: { ...defaults.conference_providers, ...Object.fromEntries(hosts) },
});
const byDefault = load(defaults);
const onlyByPage = pages.filter(({ slug }) => meetings[slug]?.isActive && !byDefault[slug]?.isActive).length;

const wrong = [];
let withheld = 0;
let unknownTypes = 0;
for (const record of records) {
  const meeting = meetings[record.slug];
  if (!meeting) {
    wrong.push(`${record.slug} is lost`);
    continue;
  }
  const same = (what, theirs, ours) => {
    if (theirs !== ours) wrong.push(`${record.slug}: ${what} is ${theirs} there and ${ours} in the feed`);
  };
  const clock = time => time?.setZone(record.timezone).toFormat('HH:mm');
  const weekday = meeting.start?.setZone(record.timezone).weekday;

  same('name', meeting.name, record.name);
  same('day', weekday === undefined ? undefined : weekday % 7, record.day);
  same('time', clock(meeting.start), record.time);
  if (record.end_time) same('end_time', clock(meeting.end), record.end_time);
  same('timezone', meeting.timezone, record.timezone);
  same('url', meeting.url, record.url);
  same('location', meeting.location, record.location);
  if (record.formatted_address) same('formatted_address', meeting.formatted_address, record.formatted_address);
  if (record.city) same('region', meeting.regions?.[0], record.city);
  // 0 is no coordinate to tsml-ui.
  if (meeting.isInPerson && record.latitude && record.longitude) {
    same('latitude', meeting.latitude, record.latitude);
    same('longitude', meeting.longitude, record.longitude);
  }

  let types = new Set(record.types);
  if (types.has('SP') && types.has('D')) types = new Set([...types].filter(type => type !== 'SP' && type !== 'D').concat('SPD'));
  for (const type of types) {
    const onlyInPerson = defaults.in_person_types.includes(type) && !meeting.isInPerson;
    // tsml-ui makes its own "online" of ONL.
    if (type === 'ONL') continue;
    if (!(type in en.types)) unknownTypes += 1;
    else if (!onlyInPerson) same(`type ${type}`, meeting.types.includes(type), true);
  }

  const attendance = record.attendance_option;
  if (attendance === 'in_person' && record.approximate === 'yes') {
    // tsml-ui takes a group that withholds its address for one that cannot be attended.
    withheld += 1;
    continue;
  }
  same('active', meeting.isActive, attendance !== 'inactive');
  if (attendance === 'in_person' || attendance === 'online') {
    same('in person', meeting.isInPerson, attendance === 'in_person');
    same('online', meeting.isOnline, attendance === 'online');
  }
  if (attendance === 'hybrid') same('in person', meeting.isInPerson, record.approximate === 'no');
}
const lost = Object.keys(meetings).length - records.length;
if (lost) wrong.push(`${records.length} records, ${Object.keys(meetings).length} meetings`);
writeFileSync(1, JSON.stringify({ records: records.length, withheld, onlyByPage, unknownTypes, wrong }) + '\n');
