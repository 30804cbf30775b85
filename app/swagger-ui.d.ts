/** The part of Swagger UI that pages use; the package brings no types. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  type Options = {
    domNode: HTMLElement
    spec: object
    layout: 'BaseLayout'
    docExpansion?: 'list' | 'full' | 'none'
    defaultModelsExpandDepth?: number
    tryItOutEnabled?: boolean
    displayRequestDuration?: boolean
    validatorUrl?: string | null
    onComplete?: () => void
  }
  export default function SwaggerUI(options: Options): unknown
}
