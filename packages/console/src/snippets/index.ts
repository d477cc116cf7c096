export { snippetText } from './parts.ts'
export { snippet } from './snippet.ts'
export {
  type SecretName,
  SNIPPET_LANGUAGES,
  SNIPPET_STEPS,
  type SnippetLanguage,
  type SnippetPart,
  type SnippetStep,
  type SnippetValues,
} from './types.ts'
