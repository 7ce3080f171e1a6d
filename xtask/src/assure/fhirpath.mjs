// HL7's fhirpath.js scores random answers to a Questionnaire: what our own evaluator has to give as well.
//
//     node fhirpath.mjs PACKAGES FORM COUNT SEED
//
// Prints a line of JSON for each set of answers: `answers` (by the place of each question: the place of the option, a value, or null),
// `response` (a QuestionnaireResponse of them) and `scores` (by the name of the row: what its calculatedExpression gives).

import { createRequire } from 'node:module';
import { readFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [packages, file] = process.argv.slice(2, 4).map(path => resolve(path));
const [count, seed] = process.argv.slice(4, 6).map(Number);
const require = createRequire(join(packages, 'package.json'));
const fhirpath = require('fhirpath');
const model = require('fhirpath/fhir-context/r4');
const form = JSON.parse(readFileSync(file));

const VARIABLE = 'http://hl7.org/fhir/StructureDefinition/variable';
const CALCULATED = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression';
const UNSUPPORTED = new Set(['group', 'display']);

// mulberry32: the same answers for the same seed, everywhere.
let state = seed >>> 0;
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const below = most => Math.floor(random() * most);

const expressions = (of, url) => (of.extension ?? []).filter(each => each.url === url).map(each => each.valueExpression);
const calculated = item => expressions(item, CALCULATED)[0];
const limit = (item, name, otherwise) => {
  const found = item.extension?.find(each => each.url.endsWith(`/${name}`));
  return found?.valueInteger ?? found?.valueDecimal ?? otherwise;
};

const options = item => {
  if (item.answerOption) {
    return item.answerOption.map(option => Object.fromEntries(Object.entries(option).filter(([name]) => name.startsWith('value'))));
  }
  const set = form.contained?.find(each => `#${each.id}` === item.answerValueSet);
  const concepts = set?.expansion?.contains
    ?? set?.compose?.include?.flatMap(({ system, concept }) => concept.map(each => ({ system, ...each })));
  return concepts?.map(({ system, code, display }) => ({ valueCoding: JSON.parse(JSON.stringify({ system, code, display })) })) ?? [];
};

// How many questions of a set are answered differs: all, most, few, none.
let share = 1;
const answer = item => {
  if (random() >= share) return [null, []];
  const choices = options(item);
  const letters = 'abcxyz';
  const word = () => Array.from({ length: 1 + below(4) }, () => letters[below(letters.length)]).join('');
  if (choices.length) {
    const at = below(choices.length);
    return [at, [choices[at]]];
  }
  const least = limit(item, 'minValue', 0);
  const most = limit(item, 'maxValue', 30);
  const made = {
    boolean: () => ({ valueBoolean: random() < 0.5 }),
    integer: () => ({ valueInteger: least + below(most - least + 1) }),
    decimal: () => ({ valueDecimal: least + below((most - least) * 100 + 1) / 100 }),
    string: () => ({ valueString: word() }),
    text: () => ({ valueString: word() }),
    'open-choice': () => ({ valueString: word() }),
    date: () => ({ valueDate: `20${10 + below(10)}-0${1 + below(9)}-1${below(10)}` }),
  }[item.type];
  if (!made) return [null, []];
  const value = made();
  return [Object.values(value)[0], [value]];
};

// Fills the items of a level; groups that repeat are there once or twice.
const filled = (items, answers) => items.flatMap(item => {
  const { linkId } = item;
  if (item.type === 'group') {
    const times = item.repeats && random() < 0.5 ? 2 : 1;
    return Array.from({ length: times }, () => filled(item.item ?? [], answers))
      .filter(within => within.length)
      .map(within => ({ linkId, item: within }));
  }
  if (UNSUPPORTED.has(item.type) || calculated(item)) return [];
  const [said, given] = answer(item);
  answers.push(said);
  return given.length ? [{ linkId, answer: given }] : [];
});

const evaluate = async (on, expression, variables, response) => {
  const at = on === response ? expression : { base: 'QuestionnaireResponse.item', expression };
  const environment = { ...variables, questionnaire: form, resource: response, context: on };
  return fhirpath.evaluate(on, at, environment, model, { async: true, preciseMath: true });
};

const field = { decimal: 'valueDecimal', integer: 'valueInteger', boolean: 'valueBoolean', string: 'valueString', text: 'valueString' };
const written = (item, value) => {
  if (typeof value === 'object' && value !== null) return { valueCoding: value };
  return { [field[item.type] ?? 'valueString']: value };
};

// Computes all items within one item of the response, with the variables seen there; gives what changed.
const compute = async (items, entries, on, before, response, mark, scores) => {
  const variables = { ...before };
  const put = (item, values) => {
    const at = entries.findIndex(entry => entry.linkId === item.linkId);
    const entry = { linkId: item.linkId, answer: values.map(value => written(item, value)) };
    if (at >= 0) entries.splice(at, 1, ...(values.length ? [entry] : []));
    else if (values.length) entries.push(entry);
  };
  let changed = false;
  for (const item of items) {
    const here = entries.filter(entry => entry.linkId === item.linkId);
    const stub = here[0] ?? { linkId: item.linkId };
    if (item.type === 'group') {
      const groups = here.length ? here : [stub];
      for (const [index, group] of groups.entries()) {
        const seen = { ...variables };
        for (const { name, expression } of expressions(item, VARIABLE)) seen[name] = await evaluate(group, expression, seen, response);
        const within = group.item ?? [];
        const marked = index ? `${mark}#${index}` : mark;
        changed = (await compute(item.item ?? [], within, group, seen, response, marked, scores)) || changed;
        if (within.length && !here.length) entries.push({ linkId: item.linkId, item: within });
      }
      continue;
    }
    const computed = calculated(item);
    if (!computed) continue;
    const seen = { ...variables };
    for (const { name, expression } of expressions(item, VARIABLE)) seen[name] = await evaluate(stub, expression, seen, response);
    const values = JSON.parse(JSON.stringify(await evaluate(stub, computed.expression, seen, response)));
    const name = item.linkId + mark;
    if (JSON.stringify(scores[name]) !== JSON.stringify(values)) {
      scores[name] = values;
      changed = true;
    }
    put(item, values);
  }
  return changed;
};

for (let each = 0; each < count; each += 1) {
  share = [1, 1, 0.9, 0.5, 0.1, 0][each % 6];
  const answers = [];
  const response = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: filled(form.item, answers) };
  const asked = structuredClone(response);
  const scores = {};
  // Until nothing changes any more, as no order is given.
  for (let round = 0; round < 10; round += 1) {
    const variables = {};
    for (const { name, expression } of expressions(form, VARIABLE)) {
      variables[name] = await evaluate(response, expression, variables, response);
    }
    if (!(await compute(form.item, response.item, response, variables, response, '', scores))) break;
  }
  writeSync(1, JSON.stringify({ answers, response: asked, scores }) + '\n');
}
