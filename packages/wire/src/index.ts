export { type BindContext, bindParameters } from './bind.ts'
export { BoundObject, type BoundValue } from './bound.ts'
export { ERRORS, type WireErrorCode } from './error-table.ts'
export { type ApiError, apiError, withoutSecrets } from './errors.ts'
export { writeJson } from './formats/json.ts'
export { writePhp } from './formats/php.ts'
export {
  isCallback,
  type Outcome,
  parseFormat,
  type ResponseFormat,
  type ResponseOptions,
  writeResponse,
} from './formats/response.ts'
export type { ClassLookup } from './formats/xml.ts'
export { HTTP_STATUS } from './http-status.ts'
export { MOST_STEPS, readSteps, resolveReferences } from './multirequest.ts'
export { CLASSES, findClass, findEnum, propertiesOf, propertyNames } from './objects/classes.ts'
export { ENUMS } from './objects/enums.ts'
export { type OpenApiOptions, openApiDocument } from './openapi.ts'
export type { Json as OpenApiJson, JsonObject as OpenApiObject } from './openapi-schemas.ts'
export { isTree, type ParamTree, type ParamValue, textAt } from './params.ts'
export { readOnlyViolation } from './read-only.ts'
export { findActionSpec, REGISTRY } from './registry/registry.ts'
export {
  type BodyNote,
  type HttpRequest,
  type JsonReading,
  type Multipart,
  readRequest,
  type WireRequest,
} from './request.ts'
export { applyResponseProfile } from './response-profile.ts'
export type { ActionSpec, ClassSpec, EnumSpec, ParameterSpec, PropertySpec, WireType } from './spec.ts'
