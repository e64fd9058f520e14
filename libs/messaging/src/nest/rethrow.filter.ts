import { Catch, type RpcExceptionFilter } from '@nestjs/common';

/**
 * Lets what a stage throws reach the runner untouched. Nest's own filter would replace it by "Internal server error" and log it,
 * text and all (BaseRpcExceptionFilter of @nestjs/microservices 12).
 */
@Catch()
export class RethrowFilter implements RpcExceptionFilter {
  catch(exception: unknown): never {
    throw exception;
  }
}
