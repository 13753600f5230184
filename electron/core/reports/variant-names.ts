export { precisionText, variantNames } from '#shared/domain/variant-names.ts'
