import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { ApiProblems } from './documented';
import { Public } from './may-call';
import { Readiness } from './ports';

const patience = 2_000;

/** For whatever watches over this process: open to everybody, and tells nothing but names and whether they answer. */
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
  @ApiOperation({ operationId: 'healthReady', summary: 'The process can take requests: all it needs answers' })
  @ApiResponse({ status: 200, description: 'It can' })
  @ApiProblems(503)
  ready() {
    return this.health.check(
      Object.entries(this.readiness.checks).map(
        ([name, check]) =>
          () =>
            this.indicate(name, check),
      ),
    );
  }

  private async indicate(name: string, check: () => Promise<unknown>) {
    const indicator = this.indicators.check(name);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('late')), patience);
    });
    try {
      await Promise.race([check(), late]);
      return indicator.up();
    } catch {
      return indicator.down();
    } finally {
      clearTimeout(timer);
    }
  }
}
