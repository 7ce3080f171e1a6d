// HL7's fhirpath.js evaluates expressions on one response: what our own evaluator has to give, or an error.
//
//     node fhirpath_expressions.mjs PACKAGES FORM RESPONSE EXPRESSIONS COUNT SEED
//
// EXPRESSIONS has one on each line; COUNT random ones follow. Prints a line of JSON for each: `expression`, and `result` or `error`.

import { createRequire } from 'node:module';
import { readFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [packages, formFile, responseFile, expressionsFile] = process.argv.slice(2, 6).map(path => resolve(path));
const [count, seed] = process.argv.slice(6, 8).map(Number);
const require = createRequire(join(packages, 'package.json'));
const fhirpath = require('fhirpath');
const model = require('fhirpath/fhir-context/r4');
const form = JSON.parse(readFileSync(formFile));
const response = JSON.parse(readFileSync(responseFile));
console.warn = () => {};
console.log = () => {};

// mulberry32: the same expressions for the same seed, everywhere.
let state = seed >>> 0;
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const one = list => list[Math.floor(random() * list.length)];

const links = ['a', 'b', 'c', 'n', 'd', 't', 'y', 'm'];
const link = () => `%resource.item.where(linkId = '${one(links)}')`;
// By what they give, so that most of them give something.
const makers = {
  number: depth => depth <= 0
    ? one(['0', '1', '2', '3', '0.5', '1.25', '10', '{}', '$this.answer.value', `${link()}.answer.weight()`, `${link()}.answer.value`, `${link()}.answer.valueInteger`])
    : one([
      () => `(${made('number', depth)} ${one(['+', '-', '*', '/', 'div', 'mod'])} ${made('number', depth)})`,
      () => `${made('numbers', depth)}.${one(['sum', 'min', 'max', 'avg', 'count', 'first', 'last'])}()`,
      () => `(${made('number', depth)}).${one(['abs', 'ceiling', 'floor', 'round', 'truncate', 'toInteger', 'toDecimal'])}()`,
      () => `(${made('number', depth)}).round(${one([0, 1, 2])})`,
      () => `iif(${made('boolean', depth)}, ${made('number', depth)}, ${made('number', depth)})`,
      () => `-${made('number', 0)}`,
      () => `${made('text', depth)}.length()`,
      () => `${made('numbers', depth)}.aggregate($total + $this, 0)`,
      () => `${made('numbers', depth)}.aggregate(iif($total.empty(), $this, iif($this > $total, $this, $total)))`,
      () => `${made('items', depth)}.count()`,
    ])(),
  numbers: depth => one([
    () => '%resource.item.answer.where(value is Coding).weight()',
    () => "%resource.item.where(linkId != 'x').answer.weight()",
    () => '%resource.item.answer.value.ofType(integer)',
    () => `(${made('number', depth)} | ${made('number', depth)} | ${made('number', depth)})`,
    () => `${made('items', depth)}.answer.weight()`,
    () => `${made('items', depth)}.answer.value.ordinal()`,
    () => `(${made('number', depth)}).combine(${made('number', depth)})`,
    () => `%questionnaire.item.where(linkId = '${one(links)}').answerOption.extension('http://hl7.org/fhir/StructureDefinition/ordinalValue').value`,
    () => `%questionnaire.item.answerOption.where(valueCoding.code = ${made('text', depth)}).extension.valueDecimal`,
  ])(),
  items: depth => one([
    () => link(),
    () => `%resource.item.where(${made('criteria', depth)})`,
    () => `%resource.item.${one(['skip', 'take'])}(${one([0, 1, 2, 9])})`,
    () => `%resource.item.${one(['first', 'last', 'tail'])}()`,
    () => `%resource.item[${one([0, 1, 2, 9])}]`,
    () => '%resource.repeat(item)',
    () => "%resource.descendants().where(linkId = 'a')",
    () => 'item',
  ])(),
  criteria: depth => one([
    () => `linkId ${one(['=', '!='])} '${one(links)}'`,
    () => `linkId in ('${one(links)}' | '${one(links)}')`,
    () => `answer.value ${one(['=', '!=', '~'])} ${made('number', 0)}`,
    () => 'answer.exists()',
    () => 'answer.weight() > 1',
    () => `${made('criteria', depth - 1)} ${one(['and', 'or', 'xor', 'implies'])} ${depth > 0 ? made('criteria', depth - 1) : 'true'}`,
  ].slice(0, depth > 0 ? 6 : 5))(),
  text: depth => depth <= 0
    ? one(["'a'", "'Abc'", "' x '", "''", "'12'", "'1.50'", `${link()}.answer.value.code`, `${link()}.answer.valueString`, `${link()}.linkId`, 'linkId'])
    : one([
      () => `(${made('text', depth)} ${one(['+', '&'])} ${made('text', depth)})`,
      () => `(${made('text', depth)}).${one(['upper', 'lower', 'trim', 'toString'])}()`,
      () => `(${made('number', depth)}).toString()`,
      () => `(${made('text', depth)}).substring(${one([0, 1, 5])}${one(['', ', 1', ', 0'])})`,
      () => `${made('items', depth)}.linkId.join(${one(['', "'-'"])})`,
      () => `iif(${made('boolean', depth)}, ${made('text', depth)})`,
    ])(),
  boolean: depth => depth <= 0
    ? one(['true', 'false', '{}', `${link()}.answer.valueBoolean`, `${link()}.exists()`, `${link()}.answer.value.empty()`])
    : one([
      () => `(${made('number', depth)} ${one(['<', '>', '<=', '>=', '=', '!=', '~', '!~'])} ${made('number', depth)})`,
      () => `(${made('text', depth)} ${one(['=', '!=', '~', '!~', '<', '>='])} ${made('text', depth)})`,
      () => `(${made('boolean', depth)} ${one(['and', 'or', 'xor', 'implies', '=', '!='])} ${made('boolean', depth)})`,
      () => `(${made('boolean', depth)}).not()`,
      () => `(${made('number', depth)} in ${made('numbers', depth)})`,
      () => `(${made('numbers', depth)} contains ${made('number', depth)})`,
      () => `${made('items', depth)}.${one(['exists', 'empty', 'isDistinct'])}()`,
      () => `${made('items', depth)}.${one(['exists', 'all'])}(${made('criteria', depth)})`,
      () => `(${made('text', depth)}).${one(['startsWith', 'endsWith', 'contains'])}(${made('text', 0)})`,
      () => `(${made('number', depth)}).toBoolean()`,
      () => `(${made('boolean', depth)} | ${made('boolean', depth)}).${one(['allTrue', 'anyTrue', 'allFalse', 'anyFalse'])}()`,
      () => `${link()}.answer.value.is(${one(['integer', 'Coding', 'string', 'boolean', 'decimal'])})`,
    ])(),
};
const made = (kind, depth) => makers[kind](depth - 1);

const given = readFileSync(expressionsFile, 'utf8').split('\n').filter(line => line.trim() && !line.startsWith('#'));
const kinds = Object.keys(makers).filter(kind => kind !== 'criteria');
const more = Array.from({ length: count }, () => made(one(kinds), 1 + Math.floor(random() * 4)));
for (const expression of [...given, ...more]) {
  let line;
  try {
    const found = await fhirpath.evaluate(response, expression, { questionnaire: form, resource: response, context: response }, model, { async: true, preciseMath: true });
    line = { expression, result: JSON.parse(JSON.stringify(found)) };
  } catch (error) {
    line = { expression, error: String(error.message).slice(0, 80) };
  }
  writeSync(1, JSON.stringify(line) + '\n');
}
