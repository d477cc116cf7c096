// What came as JSON, read without believing any of it.
export {
  type Fields as JsonObject,
  isObject,
  namesIn,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from '@latchkey/wire/answer'
