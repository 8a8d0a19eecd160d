import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { ApiProblems } from './documented';
import { Public } from './may-call';
import { NotReady, Readiness } from './ports';
import { Problem } from './problems';

const patience = 2_000;

/** For whatever watches over this process: open to everybody, and tells nothing but names, whether they answer, and how many streams are parked. */
@ApiTags('health')
@Controller('health')
@SkipThrottle()
export class HealthRoutes {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly readiness: Readiness,
  ) {}

  @Get('live')
  @Public()
  @ApiOperation({ operationId: 'healthLive', summary: 'The process runs' })
  @ApiResponse({ status: 200, description: 'It does' })
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @HealthCheck({ swaggerDocumentation: false })
  @ApiOperation({
    operationId: 'healthReady',
    summary: 'The process can take requests: all it needs answers, and read models are brought forward and not far behind',
  })
  @ApiResponse({ status: 200, description: 'It can' })
  @ApiProblems(503)
  async ready() {
    const checks = Object.entries(this.readiness.checks).map(
      ([name, check]) =>
        () =>
          this.indicate(name, check),
    );
    try {
      return await this.health.check(checks);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const { error: down } = error.getResponse() as { readonly error: Readonly<Record<string, { readonly of?: readonly string[] }>> };
      const told = Object.entries(down).map(([name, { of }]) => (of ? `${name} (${of.join(', ')})` : name));
      const more = { checks: Object.fromEntries(Object.entries(down).map(([name, { of = [] }]) => [name, of])) };
      throw new Problem('NOT_READY', { values: { checks: told.join('; ') }, more, headers: { 'Retry-After': '2' } });
    }
  }

  private async indicate(name: string, check: () => Promise<unknown>) {
    const indicator = this.indicators.check(name);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('late')), patience);
    });
    try {
      const found = await Promise.race([check(), late]);
      return indicator.up(found instanceof Object && 'parked' in found ? { parked: found.parked } : {});
    } catch (error) {
      return indicator.down(error instanceof NotReady ? { of: error.of } : {});
    } finally {
      clearTimeout(timer);
    }
  }
}
